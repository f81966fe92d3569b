
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "materials": {
                  Row: {
                    "created_at": string,"id": string,"title": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"title"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"title"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"notes": {
                  Row: {
                    "author_id": string | null,"body": string,"created_at": string,"id": string,"owner_id": string,"shelf_id": string | null,"tool_id": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "author_id"?: string | null,"body": string,"created_at"?: string,"id"?: string,"owner_id"?: string,"shelf_id"?: string | null,"tool_id"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "author_id"?: string | null,"body"?: string,"created_at"?: string,"id"?: string,"owner_id"?: string,"shelf_id"?: string | null,"tool_id"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notes_author_id_fkey"
      columns: ["author_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notes_owner_id_fkey"
      columns: ["owner_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notes_shelf_id_fkey"
      columns: ["shelf_id"]
isOneToOne: false
      referencedRelation: "shelves"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notes_tool_id_fkey"
      columns: ["tool_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    }
                  ]
                },"profiles": {
                  Row: {
                    "created_at": string,"display_name": string,"handle": string,"id": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"display_name": string,"handle": string,"id": string,"updated_at"?: string
                  }
                  Update: {
                    "created_at"?: string,"display_name"?: string,"handle"?: string,"id"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"shelves": {
                  Row: {
                    "code": string,"created_at": string,"id": string,"owner_id": string,"updated_at": string,"workshop_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"created_at"?: string,"id"?: string,"owner_id"?: string,"updated_at"?: string,"workshop_id": string
                  }
                  Update: {
                    "code"?: string,"created_at"?: string,"id"?: string,"owner_id"?: string,"updated_at"?: string,"workshop_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "shelves_owner_id_fkey"
      columns: ["owner_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "shelves_workshop_id_fkey"
      columns: ["workshop_id"]
isOneToOne: false
      referencedRelation: "workshops"
      referencedColumns: ["id"]
    }
                  ]
                },"signs": {
                  Row: {
                    "created_at": string,"id": string,"owner_id": string,"painted_on": string | null,"updated_at": string,"workshop_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"owner_id"?: string,"painted_on"?: string | null,"updated_at"?: string,"workshop_id": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"owner_id"?: string,"painted_on"?: string | null,"updated_at"?: string,"workshop_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "signs_owner_id_fkey"
      columns: ["owner_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "signs_workshop_id_fkey"
      columns: ["workshop_id"]
isOneToOne: true
      referencedRelation: "workshops"
      referencedColumns: ["id"]
    }
                  ]
                },"tool_goes_with": {
                  Row: {
                    "created_at": string,"other_tool_id": string,"tool_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"other_tool_id": string,"tool_id": string
                  }
                  Update: {
                    "created_at"?: string,"other_tool_id"?: string,"tool_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tool_goes_with_other_tool_id_fkey"
      columns: ["other_tool_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tool_goes_with_tool_id_fkey"
      columns: ["tool_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    }
                  ]
                },"tool_materials": {
                  Row: {
                    "amount": number,"created_at": string,"material_id": string,"tool_id": string,"unit": Database["public"]['Enums']["tool_materials_unit"],"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"created_at"?: string,"material_id": string,"tool_id": string,"unit": Database["public"]['Enums']["tool_materials_unit"],"updated_at"?: string
                  }
                  Update: {
                    "amount"?: number,"created_at"?: string,"material_id"?: string,"tool_id"?: string,"unit"?: Database["public"]['Enums']["tool_materials_unit"],"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tool_materials_material_id_fkey"
      columns: ["material_id"]
isOneToOne: false
      referencedRelation: "materials"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tool_materials_tool_id_fkey"
      columns: ["tool_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    }
                  ]
                },"tool_part_of_paths": {
                  Row: {
                    "ancestor_id": string,"depth": number,"descendant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ancestor_id": string,"depth": number,"descendant_id": string
                  }
                  Update: {
                    "ancestor_id"?: string,"depth"?: number,"descendant_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tool_part_of_paths_ancestor_id_fkey"
      columns: ["ancestor_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tool_part_of_paths_descendant_id_fkey"
      columns: ["descendant_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    }
                  ]
                },"tools": {
                  Row: {
                    "created_at": string,"id": string,"made_after_id": string | null,"owner_id": string,"part_of_id": string | null,"serial": string | null,"shelf_id": string | null,"state": Database["public"]['Enums']["tool_state"],"title": string,"updated_at": string,"workshop_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"made_after_id"?: string | null,"owner_id"?: string,"part_of_id"?: string | null,"serial"?: string | null,"shelf_id"?: string | null,"state"?: Database["public"]['Enums']["tool_state"],"title": string,"updated_at"?: string,"workshop_id": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"made_after_id"?: string | null,"owner_id"?: string,"part_of_id"?: string | null,"serial"?: string | null,"shelf_id"?: string | null,"state"?: Database["public"]['Enums']["tool_state"],"title"?: string,"updated_at"?: string,"workshop_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "tools_owner_id_fkey"
      columns: ["owner_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tools_part_of_id_fkey"
      columns: ["part_of_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tools_workshop_id_fkey"
      columns: ["workshop_id"]
isOneToOne: false
      referencedRelation: "workshops"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tools_workshop_id_made_after_id_fkey"
      columns: ["workshop_id","made_after_id"]
isOneToOne: false
      referencedRelation: "tools"
      referencedColumns: ["workshop_id","id"]
    },{
      foreignKeyName: "tools_workshop_id_shelf_id_fkey"
      columns: ["workshop_id","shelf_id"]
isOneToOne: false
      referencedRelation: "shelves"
      referencedColumns: ["workshop_id","id"]
    }
                  ]
                },"workshops": {
                  Row: {
                    "created_at": string,"days": (Database["public"]['Enums']["workshop_days"])[] | null,"fee": number,"front_sign_id": string,"id": string,"opens_at": string,"outside_id": string | null,"owner_id": string,"settings": NonNullable<Json>,"title": string,"updated_at": string,"visits": number,"words": (string)[]
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"days"?: (Database["public"]['Enums']["workshop_days"])[] | null,"fee"?: number,"front_sign_id": string,"id"?: string,"opens_at"?: string,"outside_id"?: string | null,"owner_id"?: string,"settings"?: NonNullable<Json>,"title": string,"updated_at"?: string,"visits"?: number,"words"?: (string)[]
                  }
                  Update: {
                    "created_at"?: string,"days"?: (Database["public"]['Enums']["workshop_days"])[] | null,"fee"?: number,"front_sign_id"?: string,"id"?: string,"opens_at"?: string,"outside_id"?: string | null,"owner_id"?: string,"settings"?: NonNullable<Json>,"title"?: string,"updated_at"?: string,"visits"?: number,"words"?: (string)[]
                  }
                  Relationships: [
                    {
      foreignKeyName: "workshops_front_sign_id_fkey"
      columns: ["front_sign_id"]
isOneToOne: false
      referencedRelation: "signs"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "workshops_owner_id_fkey"
      columns: ["owner_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            [_ in never]: never
          }
          Enums: {
            "tool_materials_unit": "piece"|"gram","tool_state": "whole"|"broken","workshop_days": "weekday"|"weekend"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            "tool_materials_unit": ["piece", "gram"],"tool_state": ["whole", "broken"],"workshop_days": ["weekday", "weekend"]
          }
        }
} as const
